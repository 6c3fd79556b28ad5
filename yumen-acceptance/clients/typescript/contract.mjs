// What an application does with the official TypeScript SDK, as SdkContract asks it, printed as one JSON object.
// Usage: node contract.mjs @anthropic-ai/sdk|anthropic-2023, with YUMEN_URL, YUMEN_KEY and YUMEN_LIMITED_KEY.
const { default: Anthropic, toFile } = await import(process.argv[2]);
const { YUMEN_URL: baseURL, YUMEN_KEY: apiKey, YUMEN_LIMITED_KEY: limited } = process.env;

const ask = (model, text = 'Hello', more = {}) => ({
  model,
  max_tokens: 4000,
  messages: [{ role: 'user', content: text }],
  ...more,
});
const weather = {
  name: 'get_weather',
  description: 'The weather at a place',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const textOf = (message) => message.content.filter((b) => b.type === 'text').map((b) => b.text).join('');
const minute = () =>
  new Promise((_, fail) => setTimeout(() => fail(new Error('nothing came of it within a minute')), 60_000).unref());
const pause = () => new Promise((done) => setTimeout(done, 100));

const scenarios = {
  async message(client) {
    const { data, response } = await client.messages.create(ask('claude-sonnet-5')).withResponse();
    return { text: textOf(data), stop_reason: data.stop_reason, request_id: response.headers.get('request-id') };
  },

  async auth_token(client) {
    const bearer = client.withOptions({ apiKey: null, authToken: apiKey });
    return { text: textOf(await bearer.messages.create(ask('claude-sonnet-5'))) };
  },

  async stream(client) {
    const events = [];
    let text = '';
    const stream = client.messages
      .stream(ask('sim-text-40+chunks-37'))
      .on('streamEvent', (event) => events.push(event.type))
      .on('text', (delta) => (text += delta));
    const message = await stream.finalMessage();
    return { text, whole: textOf(message), events, output_tokens: message.usage.output_tokens };
  },

  async tool_round(client) {
    const request = ask('sim-tool-get_weather', 'What is the weather in Paris?', { tools: [weather] });
    const call = await client.messages.stream(request).finalMessage();
    const use = call.content.find((block) => block.type === 'tool_use');
    request.messages.push({ role: 'assistant', content: call.content });
    request.messages.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: use.id, content: '21 degrees' }],
    });
    const answer = await client.messages.create(request);
    return { stop_reason: call.stop_reason, tool: use.name, input: use.input, text: textOf(answer) };
  },

  async thinking(client) {
    const request = ask('sim-thinking', 'Think.', { thinking: { type: 'enabled', budget_tokens: 1024 } });
    const first = await client.messages.stream(request).finalMessage();
    const thought = first.content.find((block) => block.type === 'thinking');
    request.messages.push({ role: 'assistant', content: first.content }, { role: 'user', content: 'Go on.' });
    const second = await client.messages.create(request);
    return { thinking: thought.thinking, signature: thought.signature, next: textOf(second) };
  },

  async count_tokens(client) {
    const { model, messages } = ask('claude-sonnet-5', 'How many tokens is this?');
    const counted = await client.messages.countTokens({ model, messages });
    const { usage } = await client.messages.create(ask(model, messages[0].content));
    return { counted: counted.input_tokens, charged: usage.input_tokens };
  },

  async models(client) {
    const ids = [];
    for await (const model of client.models.list({ limit: 5 })) ids.push(model.id);
    return { ids, one: (await client.models.retrieve('claude-sonnet-5')).display_name };
  },

  async limited_models(client) {
    const ids = [];
    for await (const model of client.withOptions({ apiKey: limited }).models.list()) ids.push(model.id);
    return { ids };
  },

  async batch(client) {
    const requests = ['claude-sonnet-5', 'sim-error-529'].map((model, i) => ({
      custom_id: `request-${i}`,
      params: ask(model),
    }));
    let batch = await client.messages.batches.create({ requests });
    while (batch.processing_status !== 'ended') {
      await pause();
      batch = await client.messages.batches.retrieve(batch.id);
    }
    const results = [];
    for await (const one of await client.messages.batches.results(batch.id)) {
      results.push(`${one.custom_id} ${one.result.type}`);
    }
    return { results_url: batch.results_url, results: results.sort() };
  },

  async file(client) {
    const files = client.files ?? client.beta.files;
    const file = await files.upload({
      file: await toFile(Buffer.from('Ünïcödé\0bytes'), 'notes.txt', { type: 'text/plain' }),
    });
    const metadata = await files.retrieveMetadata(file.id);
    const content = Buffer.from(await (await files.download(file.id)).arrayBuffer()).toString();
    await files.delete(file.id);
    const gone = await failure(files.retrieveMetadata(file.id));
    return { name: metadata.filename, content, gone };
  },

  async beta(client) {
    const message = await client.beta.messages.create(
      ask('claude-sonnet-5', 'Hello', { betas: ['some-beta-2026-01-01', 'other-beta-2026-01-01'] }),
    );
    return { text: textOf(message) };
  },

  wrong_key: (client) => failure(client.withOptions({ apiKey: 'ym_wrong' }).messages.create(ask('claude-sonnet-5'))),
  model_not_allowed: (client) =>
    failure(client.withOptions({ apiKey: limited }).messages.create(ask('claude-opus-5-5'))),
  model_unknown: (client) => failure(client.messages.create(ask('sim-nonsense'))),
  invalid_request: (client) => failure(client.messages.create(ask('sim-error-400-prompt'))),

  async rate_limited_once(client) {
    return { text: textOf(await client.messages.create(ask('claude-busy'))) };
  },
  async overloaded_twice(client) {
    return { text: textOf(await client.messages.create(ask('sim-flaky-2', 'Please.'))) };
  },
  overloaded: (client) => failure(client.withOptions({ maxRetries: 0 }).messages.create(ask('sim-error-529'))),

  error_in_stream: (client) => failure(client.messages.stream(ask('sim-text-40+midstream-error-5')).finalMessage()),
  cut_stream: (client) => failure(client.messages.stream(ask('sim-pace-20+text-40+cut-8')).finalMessage()),
  ended_stream: (client) => failure(client.messages.stream(ask('sim-pace-20+text-40+early-end-8')).finalMessage()),

  async refusal(client) {
    const message = await client.messages.stream(ask('sim-refusal')).finalMessage();
    return { stop_reason: message.stop_reason, category: message.stop_details?.category };
  },
  async max_tokens(client) {
    const message = await client.messages.create(ask('sim-max-tokens', 'Hello', { max_tokens: 7 }));
    return { stop_reason: message.stop_reason, output_tokens: message.usage.output_tokens };
  },

  async cancel(client) {
    const stream = client.messages.stream(ask('sim-text-4000+pace-20'));
    stream.on('text', () => stream.abort());
    const { error } = await failure(stream.finalMessage());
    return { error };
  },
};

/** How the SDK reports that something failed. */
async function failure(promise) {
  try {
    return { answered: await promise };
  } catch (e) {
    return {
      error: e.constructor.name,
      status: e.status,
      type: e.error?.error?.type,
      code: e.error?.error?.details?.error_code,
      message: e.error?.error?.message ?? String(e.message),
      request_id: e.requestID,
    };
  }
}

const results = await Promise.all(
  Object.entries(scenarios).map(async ([name, run]) => {
    const client = new Anthropic({ baseURL, apiKey, defaultHeaders: { 'User-Agent': `sdk ${name}` } });
    try {
      return [name, await Promise.race([run(client), minute()])];
    } catch (e) {
      return [name, { unexpected: String(e.stack) }];
    }
  }),
);
console.log(JSON.stringify(Object.fromEntries(results)));
process.exit(0);
