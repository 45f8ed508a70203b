import { z } from 'zod';
import type { Json } from '../world/events.ts';
import { invalidField } from './api-error.ts';
import { parseBody } from './parse.ts';

/** Discord's limits of forms (modals), as its documentation of interactions and components gives them. */

const customId = z.string().min(1).max(100);
const common = { id: z.number().int().nullish() };

const textInput = z
  .object({
    ...common,
    type: z.literal(4),
    custom_id: customId,
    style: z.union([z.literal(1), z.literal(2)]),
    label: z.string().min(1).max(45).optional(), // of its own only where no label is around it
    min_length: z.number().int().min(0).max(4_000).nullish(),
    max_length: z.number().int().min(1).max(4_000).nullish(),
    required: z.boolean().nullish(),
    value: z.string().max(4_000).nullish(),
    placeholder: z.string().max(100).nullish(),
  })
  .refine(({ value, max_length: most }) => (value?.length ?? 0) <= (most ?? 4_000), {
    message: 'Must be max_length or fewer in length.',
    path: ['value'],
  })
  .refine(({ min_length: least, max_length: most }) => (least ?? 0) <= (most ?? 4_000), {
    message: 'min_length must not be greater than max_length.',
    path: ['min_length'],
  });

const selects = {
  ...common,
  custom_id: customId,
  placeholder: z.string().max(150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  required: z.boolean().nullish(),
};

export const selectOption = z.object({
  label: z.string().min(1).max(100),
  value: z.string().min(1).max(100),
  description: z.string().max(100).nullish(),
  default: z.boolean().nullish(),
});

const stringSelect = z.object({ ...selects, type: z.literal(3), options: z.array(selectOption).min(1).max(25) });
const otherSelect = z.looseObject({ ...selects, type: z.union([5, 6, 7, 8].map((type) => z.literal(type))) });
const fileUpload = z.looseObject({ ...common, type: z.literal(19), custom_id: customId });

const label = z.object({
  ...common,
  type: z.literal(18),
  label: z.string().min(1).max(45),
  description: z.string().min(1).max(100).nullish(),
  component: z.union([textInput, stringSelect, otherSelect, fileUpload]),
});
const text = z.object({ ...common, type: z.literal(10), content: z.string().min(1).max(4_000) });
/** The older way, for text alone: its field needs a label of its own. */
const row = z.object({
  ...common,
  type: z.literal(1),
  components: z.array(textInput.refine((input) => input.label !== undefined, 'This field is required')).length(1),
});

const form = z.object({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z
    .array(z.union([label, text, row]))
    .min(1)
    .max(5),
});

/** Reads and judges a form. Throws 50035. */
export function readForm(json: unknown): Json {
  const read = parseBody(form, json);
  const ids = read.components.flatMap((part): string[] => {
    if (part.type === 18) return [part.component.custom_id];
    return part.type === 1 ? part.components.map((input) => input.custom_id) : [];
  });
  if (new Set(ids).size < ids.length) {
    const message = 'Component custom id cannot be duplicated';
    throw invalidField('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
  }
  return read;
}
