/** The metadata key of the hash by which a restored copy knows pictures and names again. */
export const CONTENT_KEY = 'vitrine_content';
