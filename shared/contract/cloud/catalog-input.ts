import { z } from 'zod';

/** The catalog a call is about. */
export const catalogInputSchema = z.object({ catalogId: z.int().positive() });
