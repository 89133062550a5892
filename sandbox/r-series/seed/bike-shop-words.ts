/** What a bike shop sells, by category; the generator combines them. */
export const goods: Record<string, readonly string[]> = {
  Tyres: ['Tyre', 'Folding Tyre', 'Tubeless Tyre', 'Inner Tube'],
  Drivetrain: ['Chain', 'Cassette', 'Crankset', 'Rear Derailleur', 'Shift Cable'],
  Brakes: ['Disc Brake Pads', 'Rim Brake Pads', 'Rotor', 'Brake Lever'],
  Helmets: ['Helmet', 'Road Helmet', 'Kids Helmet'],
  Lights: ['Front Light', 'Rear Light', 'Light Set'],
  Clothing: ['Jersey', 'Bib Shorts', 'Gloves', 'Rain Jacket'],
  Accessories: ['Bottle Cage', 'Bell', 'Floor Pump', 'Multi Tool', 'Lock', 'Pannier'],
  Wheels: ['Front Wheel', 'Rear Wheel', 'Spoke Set', 'Hub'],
};

export const brands = [
  'Northwind',
  'Velora',
  'Tarnbeck',
  'Ridgeline',
  'Kestrel & Co',
  'Sørli',
  'Pavé',
  'Quill',
  'Harrow-Lane',
  'Oxbow',
] as const;

export const variants = [
  'Black',
  'Red',
  'Blue',
  'S',
  'M',
  'L',
  '700x25',
  '700x32',
  '27.5"',
  '29"',
  '11-speed',
  '12-speed',
] as const;
