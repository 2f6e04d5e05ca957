/** What the description says everywhere alike. */
interface Parts {
  json: (name: 'OEmbedAnswer') => object;
  refused: (description: string) => object;
  /** Of routes that ask for no token. */
  closed: object;
}

const widget = { name: 'widget', in: 'path', required: true, schema: { type: 'string' } };
const text = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } });
const part = {
  ...text('part', 'Which of the answers of the snapshot.'),
  schema: { type: 'integer', minimum: 1, maximum: 10, default: 1 },
};
const attributes = {
  name: 'attributes',
  in: 'query',
  description: 'Attributes of the widget, such as `period=2026-Q3`. Of a snapshot only those of looks.',
  style: 'form',
  explode: true,
  schema: { type: 'object', additionalProperties: { type: 'string', maxLength: 200 } },
};

/** Pages for frames, in the OpenAPI description. */
export function embedPaths({ json, refused, closed }: Parts) {
  const secret = refused('A page that needs a token, or a picture without a snapshot: whoever asks has no token');
  return {
    '/oembed': {
      get: {
        operationId: 'oembed',
        security: [],
        summary: 'How a page of this server is embedded, by oEmbed 1.0',
        parameters: [
          { ...text('url', 'The address of a snapshot, or of one widget of it.'), required: true },
          { ...text('format', 'Default: json.'), schema: { type: 'string', enum: ['json', 'xml'] } },
          { ...text('maxwidth', 'CSS pixels.'), schema: { type: 'integer', minimum: 1, maximum: 999999 } },
          { ...text('maxheight', 'CSS pixels.'), schema: { type: 'integer', minimum: 1, maximum: 999999 } },
        ],
        responses: {
          '200': {
            description: 'The frame and its size',
            content: { ...json('OEmbedAnswer'), 'text/xml': { schema: { type: 'string' } } },
          },
          ...closed,
          '401': secret,
          '404': refused('Nothing of this server, or nothing that is there'),
          '422': refused('The address or a length cannot be read'),
          '501': refused('No such format'),
        },
      },
    },
    '/embed/{widget}': {
      get: {
        operationId: 'embed',
        security: [],
        summary: 'A page with one widget, for a frame; or a picture of it, for mails and previews',
        description:
          'Rendered with its answer, so that it reads without a script. A ticket of `/v1/tokens` opens it once; without one that holds it has no data, and waits for a token of the page around. `/embed/host.js` in that page keeps the frame as high as the widget and brings tokens. With `.svg` or `.png` behind its name, a funnel, scorecard or KPI of a snapshot is a picture.',
        parameters: [
          {
            ...widget,
            description: 'funnel, scorecard, kpi, handoff-queue, glossary; host.js or frame.js for the scripts.',
          },
          text('ticket', 'A ticket, which is then spent. HEAD and prefetching spend none.'),
          text('snapshot', 'The link of a snapshot, in place of a ticket.'),
          part,
          {
            ...text('width', 'The CSS pixels the frame will have.'),
            schema: { type: 'integer', minimum: 240, maximum: 4000 },
          },
          attributes,
        ],
        responses: {
          '200': {
            description: 'The page, or the picture',
            content: Object.fromEntries(
              ['text/html', 'image/svg+xml', 'image/png'].map((type) => [type, { schema: { type: 'string' } }]),
            ),
          },
          ...closed,
          '401': secret,
          '403': {
            description: 'The page, which says that the rights of the ticket do not reach that far',
            content: { 'text/html': { schema: { type: 'string' } } },
          },
          '404': refused('No such widget or snapshot'),
          '410': refused('The snapshot was taken back or is past its time'),
          '422': refused('An attribute the widget has not, or one that cannot be read'),
          '503': refused('Fetched ahead: the page is for readers who are there'),
        },
      },
    },
  };
}
