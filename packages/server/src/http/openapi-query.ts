import { MAX_BODY_BYTES, MAX_QUERY_LENGTH, MAX_QUESTIONS } from '@sama/metrics/contracts';

/** What the description says everywhere alike. */
interface Parts {
  schema: (name: 'Question') => object;
  json: (name: 'Envelope' | 'QueryBatch' | 'QueryBatchAnswer') => object;
  refused: (description: string) => object;
  /** Of routes that ask for a token. */
  guarded: object;
}

/** Questions, in the OpenAPI description. */
export function queryPaths({ schema, json, refused, guarded }: Parts) {
  const q = {
    name: 'q',
    in: 'query',
    required: true,
    description: 'base64url of the UTF-8 JSON of one Question. Longer questions and personal values go by POST.',
    schema: {
      type: 'string',
      maxLength: MAX_QUERY_LENGTH,
      contentEncoding: 'base64url',
      contentMediaType: 'application/json',
      contentSchema: schema('Question'),
    },
  };
  const common = {
    '202': {
      description: 'The answer is being computed: ask the same again. It is cancelled when nobody does for 15 s.',
      headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
      content: json('Envelope'),
    },
    ...guarded,
    '404': refused('No such definition'),
    '409': refused('A definition is given twice and differently'),
    '413': refused('q is too long'),
    '422': refused('The question cannot be read or answered; `message` names the field and the remedy'),
    '500': refused('The answer failed'),
    '503': refused('The answer took too long or was cancelled'),
  };
  return {
    '/v1/query': {
      get: {
        operationId: 'query',
        summary: 'Answer one question',
        parameters: [
          q,
          {
            name: 'If-None-Match',
            in: 'header',
            description: 'The ETag of an answer the reader holds.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'The answer. `status` says whether it has data.',
            headers: {
              ETag: { description: 'Names the answer; absent when it is not to be kept.', schema: { type: 'string' } },
            },
            content: json('Envelope'),
          },
          '304': { description: 'The answer the reader holds still stands' },
          ...common,
        },
      },
      post: {
        operationId: 'queryBatch',
        summary: 'Answer several questions',
        description:
          'A question that cannot be read or answered gets an envelope that says so in its place, and one that takes long gets `pending`: ask it again. A batch in which none can be read is refused.',
        requestBody: { required: true, content: json('QueryBatch') },
        responses: {
          '200': { description: 'The answers, in the order of the questions', content: json('QueryBatchAnswer') },
          ...guarded,
          '413': refused(
            `The body is larger than ${MAX_BODY_BYTES} bytes, nests too deep, or has more than ${MAX_QUESTIONS} questions`,
          ),
          '422': refused('The batch cannot be read; `message` names the field and the remedy'),
        },
      },
    },
    '/v1/query.csv': {
      get: {
        operationId: 'queryCsv',
        summary: 'Answer one question as a file',
        description:
          'CSV by RFC 4180, for a reader who may export. Texts that begin as a formula have an apostrophe before them.',
        parameters: [
          q,
          {
            name: 'bom',
            in: 'query',
            description: 'Whether the mark stands at the front by which spreadsheets know UTF-8.',
            schema: { type: 'boolean', default: false },
          },
        ],
        responses: {
          '200': { description: 'The rows of the answer', content: { 'text/csv': { schema: { type: 'string' } } } },
          ...common,
        },
      },
    },
  };
}
