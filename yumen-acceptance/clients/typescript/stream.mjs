// Prints each piece of a streamed answer on a line of its own as it comes. Usage: node stream.mjs MODULE, with
// YUMEN_URL and YUMEN_KEY.
const { default: Anthropic } = await import(process.argv[2]);
const client = new Anthropic({ baseURL: process.env.YUMEN_URL, apiKey: process.env.YUMEN_KEY });
await client.messages
  .stream({ model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] })
  .on('text', (text) => console.log(text))
  .finalMessage();
console.log('complete');
