import * as z from 'zod/mini';

/** Every value of a HubSpot record is a text or nothing, numbers and booleans too. */
const Properties = z.record(z.string(), z.nullable(z.string()));

/** One value a property had, and since when; the newest comes first. */
const PastValue = z.object({ value: z.nullable(z.string()), timestamp: z.string() });

export const CrmObject = z.object({
  id: z.string(),
  properties: Properties,
  propertiesWithHistory: z.optional(z.nullable(z.record(z.string(), z.array(PastValue)))),
  updatedAt: z.optional(z.string()),
});
export type CrmObject = z.infer<typeof CrmObject>;

export const SearchAnswer = z.object({
  total: z.int(),
  results: z.array(z.object({ id: z.string().check(z.regex(/^\d+$/)), properties: Properties })),
});

/** Also the answer of a batch of which a part is missing (207): `errors` says why. */
export const BatchAnswer = z.object({
  results: z.array(CrmObject),
  errors: z.optional(
    z.array(
      z.object({
        category: z.optional(z.string()),
        context: z.optional(z.object({ ids: z.optional(z.array(z.string())) })),
      }),
    ),
  ),
});

export const PropertyList = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      options: z.optional(z.array(z.object({ label: z.string(), value: z.string() }))),
      modificationMetadata: z.optional(z.object({ readOnlyValue: z.optional(z.boolean()) })),
    }),
  ),
});
export type Property = z.infer<typeof PropertyList>['results'][number];

export const PipelineList = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      stages: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          metadata: z.optional(z.record(z.string(), z.nullable(z.string()))),
        }),
      ),
    }),
  ),
});
export type Pipeline = z.infer<typeof PipelineList>['results'][number];

export const OwnerList = z.object({
  results: z.array(z.object({ id: z.string(), email: z.optional(z.nullable(z.string())) })),
  paging: z.optional(z.object({ next: z.optional(z.object({ after: z.string() })) })),
});

export const AssociationList = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(
        z.object({
          // A number in the API, a text in its own types. One beyond 2^53 would have lost its last digits.
          toObjectId: z.union([z.string(), z.int()]),
          associationTypes: z.array(z.object({ label: z.optional(z.nullable(z.string())) })),
        }),
      ),
    }),
  ),
});

export const AccountDetails = z.object({ companyCurrency: z.optional(z.nullable(z.string())) });

export const Token = z.object({ access_token: z.string(), expires_in: z.number() });
