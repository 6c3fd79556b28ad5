"""What an application does with the official Python SDK, as SdkContract asks it, printed as one JSON object.

Usage: python contract.py sync|async, with YUMEN_URL, YUMEN_KEY and YUMEN_LIMITED_KEY.
"""

import asyncio
import inspect
import json
import os
import sys
import traceback

import anthropic

ASYNC = sys.argv[1] == "async"
Client = anthropic.AsyncAnthropic if ASYNC else anthropic.Anthropic
URL, KEY, LIMITED = (os.environ[name] for name in ("YUMEN_URL", "YUMEN_KEY", "YUMEN_LIMITED_KEY"))
WEATHER = {
    "name": "get_weather",
    "description": "The weather at a place",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


async def value(call):
    """The value of a call of either client."""
    return await call if inspect.isawaitable(call) else call


async def items(iterable):
    """The items of a page or a stream of either client."""
    iterable = await value(iterable)
    if hasattr(iterable, "__aiter__"):
        async for item in iterable:
            yield item
    else:
        for item in iterable:
            yield item


async def streamed(client, request, see=lambda event: None):
    """The message at the end of a stream."""
    if ASYNC:
        async with client.messages.stream(**request) as stream:
            async for event in stream:
                see(event)
            return await stream.get_final_message()
    with client.messages.stream(**request) as stream:
        for event in stream:
            see(event)
        return stream.get_final_message()


def ask(model, text="Hello", **more):
    return {"model": model, "max_tokens": 4000, "messages": [{"role": "user", "content": text}], **more}


def text_of(message):
    return "".join(block.text for block in message.content if block.type == "text")


async def failure(call):
    """How the SDK reports that something failed."""
    try:
        return {"answered": repr(await value(call() if callable(call) else call))}
    except Exception as e:
        body = getattr(e, "body", None)
        error = (body.get("error") or {}) if isinstance(body, dict) else {}
        return {
            "error": type(e).__name__,
            "status": getattr(e, "status_code", None),
            "type": error.get("type"),
            "code": (error.get("details") or {}).get("error_code"),
            "message": error.get("message") or str(e),
            "request_id": getattr(e, "request_id", None),
        }


async def message(client):
    raw = await value(client.messages.with_raw_response.create(**ask("claude-sonnet-5")))
    answer = await value(raw.parse())
    return {"text": text_of(answer), "stop_reason": answer.stop_reason, "request_id": raw.headers["request-id"]}


async def auth_token(client):
    bearer = Client(base_url=URL, auth_token=KEY, default_headers={"User-Agent": "sdk auth_token"})
    return {"text": text_of(await value(bearer.messages.create(**ask("claude-sonnet-5"))))}


async def stream(client):
    events, deltas = [], []

    def see(event):
        # The helper adds events of its own, such as "text".
        if event.type == "text":
            deltas.append(event.text)
        elif event.type.startswith(("message_", "content_block_")):
            events.append(event.type)

    whole = await streamed(client, ask("sim-text-40+chunks-37"), see)
    return {
        "text": "".join(deltas),
        "whole": text_of(whole),
        "events": events,
        "output_tokens": whole.usage.output_tokens,
    }


async def tool_round(client):
    request = ask("sim-tool-get_weather", "What is the weather in Paris?", tools=[WEATHER])
    call = await streamed(client, request)
    use = next(block for block in call.content if block.type == "tool_use")
    request["messages"] += [
        {"role": "assistant", "content": call.content},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": use.id, "content": "21 degrees"}]},
    ]
    answer = await value(client.messages.create(**request))
    return {"stop_reason": call.stop_reason, "tool": use.name, "input": use.input, "text": text_of(answer)}


async def thinking(client):
    request = ask("sim-thinking", "Think.", thinking={"type": "enabled", "budget_tokens": 1024})
    first = await streamed(client, request)
    thought = next(block for block in first.content if block.type == "thinking")
    request["messages"] += [{"role": "assistant", "content": first.content}, {"role": "user", "content": "Go on."}]
    second = await value(client.messages.create(**request))
    return {"thinking": thought.thinking, "signature": thought.signature, "next": text_of(second)}


async def count_tokens(client):
    request = ask("claude-sonnet-5", "How many tokens is this?")
    counted = await value(client.messages.count_tokens(model=request["model"], messages=request["messages"]))
    answer = await value(client.messages.create(**request))
    return {"counted": counted.input_tokens, "charged": answer.usage.input_tokens}


async def models(client):
    ids = [model.id async for model in items(client.models.list(limit=5))]
    return {"ids": ids, "one": (await value(client.models.retrieve("claude-sonnet-5"))).display_name}


async def limited_models(client):
    return {"ids": [model.id async for model in items(client.with_options(api_key=LIMITED).models.list())]}


async def batch(client):
    batches = client.messages.batches
    requests = [
        {"custom_id": f"request-{i}", "params": ask(model)}
        for i, model in enumerate(["claude-sonnet-5", "sim-error-529"])
    ]
    one = await value(batches.create(requests=requests))
    while one.processing_status != "ended":
        await asyncio.sleep(0.1)
        one = await value(batches.retrieve(one.id))
    results = [f"{item.custom_id} {item.result.type}" async for item in items(batches.results(one.id))]
    return {"results_url": one.results_url, "results": sorted(results)}


async def file(client):
    files = getattr(client, "files", None) or client.beta.files
    made = await value(files.upload(file=("notes.txt", "Ünïcödé\0bytes".encode(), "text/plain")))
    metadata = await value(files.retrieve_metadata(made.id))
    content = await value((await value(files.download(made.id))).read())
    await value(files.delete(made.id))
    gone = await failure(lambda: files.retrieve_metadata(made.id))
    return {"name": metadata.filename, "content": content.decode(), "gone": gone}


async def beta(client):
    betas = ["some-beta-2026-01-01", "other-beta-2026-01-01"]
    return {"text": text_of(await value(client.beta.messages.create(**ask("claude-sonnet-5"), betas=betas)))}


async def wrong_key(client):
    return await failure(lambda: client.with_options(api_key="ym_wrong").messages.create(**ask("claude-sonnet-5")))


async def model_not_allowed(client):
    return await failure(lambda: client.with_options(api_key=LIMITED).messages.create(**ask("claude-opus-5-5")))


async def model_unknown(client):
    return await failure(lambda: client.messages.create(**ask("sim-nonsense")))


async def invalid_request(client):
    return await failure(lambda: client.messages.create(**ask("sim-error-400-prompt")))


async def rate_limited_once(client):
    return {"text": text_of(await value(client.messages.create(**ask("claude-busy"))))}


async def overloaded_twice(client):
    return {"text": text_of(await value(client.messages.create(**ask("sim-flaky-2", "Please."))))}


async def overloaded(client):
    return await failure(lambda: client.with_options(max_retries=0).messages.create(**ask("sim-error-529")))


async def error_in_stream(client):
    return await failure(streamed(client, ask("sim-text-40+midstream-error-5")))


async def cut_stream(client):
    return await failure(streamed(client, ask("sim-pace-20+text-40+cut-8")))


async def ended_stream(client):
    return await failure(streamed(client, ask("sim-pace-20+text-40+early-end-8")))


async def refusal(client):
    answer = await streamed(client, ask("sim-refusal"))
    details = answer.stop_details
    category = details.get("category") if isinstance(details, dict) else getattr(details, "category", None)
    return {"stop_reason": answer.stop_reason, "category": category}


async def max_tokens(client):
    request = ask("sim-max-tokens")
    request["max_tokens"] = 7
    answer = await value(client.messages.create(**request))
    return {"stop_reason": answer.stop_reason, "output_tokens": answer.usage.output_tokens}


class Enough(Exception):
    pass


async def cancel(client):
    def leave(event):
        if event.type == "text":
            raise Enough

    return {"error": (await failure(streamed(client, ask("sim-text-4000+pace-20"), leave)))["error"]}


SCENARIOS = [
    message, auth_token, stream, tool_round, thinking, count_tokens, models, limited_models, batch, file, beta,
    wrong_key, model_not_allowed, model_unknown, invalid_request, rate_limited_once, overloaded_twice,
    overloaded, error_in_stream, cut_stream, ended_stream, refusal, max_tokens, cancel,
]  # fmt: skip


async def run(scenario):
    agent = {"User-Agent": f"sdk {scenario.__name__}"}
    client = Client(base_url=URL, api_key=KEY, timeout=60, default_headers=agent)
    try:
        return scenario.__name__, await asyncio.wait_for(scenario(client), 60)
    except Exception:
        return scenario.__name__, {"unexpected": traceback.format_exc()}


async def main():
    # Scenarios of the synchronous client block, so that they run one after the other.
    print(json.dumps(dict(await asyncio.gather(*map(run, SCENARIOS)))))


asyncio.run(main())
