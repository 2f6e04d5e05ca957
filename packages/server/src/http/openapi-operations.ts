/** What the description says everywhere alike. */
interface Parts {
  refused: (description: string) => object;
  closed: object;
}

const said = (description: string, status: string) => ({
  description,
  content: {
    'application/json': {
      schema: { type: 'object', properties: { status: { const: status } }, required: ['status'] },
    },
  },
});

/** What operators ask, in the OpenAPI description; `figures` = it counts. */
export function operationPaths({ refused, closed }: Parts, figures: boolean) {
  return {
    '/healthz': {
      get: {
        operationId: 'health',
        security: [],
        summary: 'Whether the server runs',
        responses: { '200': said('It runs', 'ok'), ...closed },
      },
    },
    '/readyz': {
      get: {
        operationId: 'ready',
        security: [],
        summary: 'Whether requests should be sent here',
        responses: {
          '200': said('They should', 'ready'),
          '503': said('It is stopping, and answers only what is under way', 'stopping'),
          ...closed,
        },
      },
    },
    ...(figures
      ? {
          '/metrics': {
            get: {
              operationId: 'metrics',
              security: [],
              summary: 'Figures for Prometheus',
              description:
                'For programs on the same machine, or with the token of SAMA_METRICS_TOKEN where the server has one.',
              responses: {
                '200': { description: 'The figures', content: { 'text/plain': { schema: { type: 'string' } } } },
                '401': refused('The token of the figures is missing or another'),
                '403': refused('It was asked from another machine, or through a proxy'),
              },
            },
          },
        }
      : {}),
  };
}
