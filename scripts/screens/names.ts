/** Names that try a layout: endless, unbroken, of one letter, with signs and with none. */
export const ENDLESS_NAMES = [
  'The exceptionally well considered double-breasted wool and cashmere blend overcoat with peak lapels, horn buttons and a detachable quilted lining, made in a limited run of two hundred and fifty pieces',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsuniform',
  'SKU_2024_AW_WOMENS_OUTERWEAR_COAT_LONG_NAVY_WOOL_SIZE_RANGE_34_46_FINAL_V2_APPROVED',
  'A coat whose picture was lost somewhere between the studio and the shop',
  'X',
  'Ivory roll-neck jumper',
  'https://pictures.example.invalid/products/2024/autumn-winter/womens/outerwear/long-navy-wool-coat.jpg',
  '100 % cotton “Oxford” shirt — button-down, size 15½ / 39–40 <new>',
  'Trainers (with reflective laces)',
  'Café-au-lait crêpe blouse, à la française',
  'Belt',
  'Aquamarine-and-tangerine-and-fuchsia-and-chartreuse colour-blocked hooded windbreaker',
].map((name, at) => ({
  name,
  fields: {
    colour: ['Midnight navy with a chalk stripe of warm ivory', 'Ivory', 'Rust'][at % 3]!,
    'country of manufacture and final inspection': ['Portugal', 'Italy'][at % 2]!,
    care: 'Hand_wash_cold_do_not_bleach_do_not_tumble_dry_iron_low_dry_clean_only_with_care',
  },
}));

/** Hebrew and Arabic, some with words and numbers that read the other way. */
export const RIGHT_TO_LEFT_NAMES = [
  ['חולצת פשתן לבנה עם צווארון סיני', 'לבן'],
  ['قميص أزرق مخطط بأكمام طويلة', 'أزرق'],
  ['שמלת ערב שחורה, מידה 38', 'שחור'],
  ['حذاء رياضي Nike Air 270 أبيض', 'أبيض'],
  ['מעיל צמר ארוך של Maison Orrel', 'כחול'],
  ['فستان صيفي مزهر من القطن الناعم بطول الركبة مع حزام قابل للفك', 'أخضر'],
  ['Linen shirt (חולצת פשתן)', 'לבן'],
  ['تنورة', 'أسود'],
  ['תיק צד מעור בצבע קאמל', 'קאמל'],
  ['حقيبة يد جلدية', 'بني'],
  ['משקפי שמש עגולים 52 מ״מ', 'שחור'],
  ['ساعة يد بسوار معدني', 'فضي'],
].map(([name, colour]) => ({ name: name!, fields: { צבע: colour! } }));
