/** What the description says everywhere alike. */
interface Parts {
  json: (name: 'MarkList') => object;
  refused: (description: string) => object;
  guarded: object;
}

/** What the ledger says as a whole, in the OpenAPI description. */
export function ledgerPaths({ json, refused, guarded }: Parts) {
  const none = refused('This server keeps no ledger');
  const unknown = refused('This server keeps no ledger, or nothing is known of the person');
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const object = { 'application/json': { schema: { type: 'object' } } };
  return {
    '/v1/annotations': {
      get: {
        operationId: 'annotations',
        summary: 'Annotations and decisions as they stand',
        description: 'Answers for charts carry those of their period; commands make and change them.',
        responses: { '200': { description: 'All of them', content: json('MarkList') }, ...guarded, '404': none },
      },
    },
    '/v1/audit': {
      get: {
        operationId: 'audit',
        summary: 'The audit trail of the ledger',
        parameters: [
          { name: 'format', in: 'query', schema: { type: 'string', enum: ['json', 'csv'], default: 'json' } },
        ],
        responses: {
          '200': {
            description: 'Every event in order, without names and free words',
            content: { ...object, 'text/csv': { schema: { type: 'string' } } },
          },
          ...guarded,
          '404': none,
          '422': refused('Another format'),
        },
      },
    },
    '/v1/persons/{id}': {
      get: {
        operationId: 'person',
        summary: 'All that the ledger knows of a person',
        parameters,
        responses: {
          '200': { description: 'What stands beside the log, and the hand-offs in it', content: object },
          ...guarded,
          '404': unknown,
        },
      },
      delete: {
        operationId: 'forgetPerson',
        summary: 'Forget what stands beside the log of a person',
        parameters,
        responses: { '204': { description: 'It is forgotten; the log stays whole' }, ...guarded, '404': unknown },
      },
    },
  };
}
