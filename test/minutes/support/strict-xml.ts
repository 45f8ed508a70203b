import { SaxesParser } from 'saxes';

/** @throws when it is not well-formed XML 1.0, character by character: as strict as Word is */
export function expectStrictXml(xml: string): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}
