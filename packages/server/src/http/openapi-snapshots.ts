/** What the description says everywhere alike. */
interface Parts {
  json: (name: 'SnapshotRequest' | 'SnapshotAnswer' | 'SnapshotList') => object;
  refused: (description: string) => object;
  /** Of routes that ask for a token, and of those that do not. */
  guarded: object;
  closed: object;
}

/** Snapshots, in the OpenAPI description. */
export function snapshotPaths({ json, refused, guarded, closed }: Parts) {
  const none = refused('This server keeps no snapshots, or you have no such one');
  const parameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
  return {
    '/v1/snapshots': {
      post: {
        operationId: 'makeSnapshot',
        summary: 'Keep answers for whoever has a link',
        description: 'Funnels and KPIs as they stand now, for a reader who may export. The link is said this once.',
        requestBody: { required: true, content: json('SnapshotRequest') },
        responses: {
          '200': { description: 'The link, relative to this server', content: json('SnapshotAnswer') },
          ...guarded,
          '404': none,
          '413': refused('The body is too large'),
          '422': refused('The body or a question cannot be read; `message` names the field and the remedy'),
        },
      },
      get: {
        operationId: 'snapshots',
        summary: 'List your snapshots',
        responses: { '200': { description: 'Newest first', content: json('SnapshotList') }, ...guarded, '404': none },
      },
    },
    '/v1/snapshots/{id}': {
      delete: {
        operationId: 'revokeSnapshot',
        summary: 'Take a snapshot back',
        parameters: [parameter('id')],
        responses: { '204': { description: 'The link holds no longer' }, ...guarded, '404': none },
      },
    },
    '/s/{link}': {
      get: {
        operationId: 'snapshot',
        summary: 'A snapshot as a page',
        security: [],
        parameters: [parameter('link')],
        responses: {
          '200': {
            description: 'The page; it reads without a script',
            content: { 'text/html': { schema: { type: 'string' } } },
          },
          ...closed,
          '404': refused('There is none'),
          '410': refused('It was taken back or is past its time'),
        },
      },
    },
  };
}
