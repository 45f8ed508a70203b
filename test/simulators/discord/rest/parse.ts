import { z } from 'zod';
import { invalidForm } from './api-error.ts';

/** Discord's names for what zod finds. */
function codeOf(issue: z.core.$ZodIssue): { code: string; message: string } {
  switch (issue.code) {
    case 'too_big':
      return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
    case 'too_small':
      return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { code: `${issue.expected.toUpperCase()}_TYPE_CONVERT`, message: `Value must be of type ${issue.expected}` };
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.map(String).join(', ')}}.` };
    default:
      return { code: 'BASE_TYPE_BAD', message: issue.message };
  }
}

/** The body as the schema reads it; unknown fields are ignored, as Discord does. Throws 50035 for what is wrong. */
export function parseBody<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const parsed = schema.safeParse(json ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidForm(parsed.error.issues.map((issue) => ({ path: issue.path.map(String), ...codeOf(issue) })));
}

export const snowflake = z.union([z.string().regex(/^\d{1,20}$/), z.number().int()]).transform(String);
