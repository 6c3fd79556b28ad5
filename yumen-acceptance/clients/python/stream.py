"""Prints each piece of a streamed answer on a line of its own as it comes; needs YUMEN_URL and YUMEN_KEY."""

import os

import anthropic

client = anthropic.Anthropic(base_url=os.environ["YUMEN_URL"], api_key=os.environ["YUMEN_KEY"])
question = {"role": "user", "content": "Hello"}
with client.messages.stream(model="claude-sonnet-5", max_tokens=100, messages=[question]) as stream:
    for text in stream.text_stream:
        print(text, flush=True)
    stream.get_final_message()
print("complete", flush=True)
