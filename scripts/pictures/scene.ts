/** A picture of a stream with an overlay on it. @param overlay - a PNG, transparent around the lines */
export function sceneWith(overlay: Buffer): string {
  return `<!doctype html><title>A stream</title><style>body { margin: 0 } svg, img { display: block; left: 0; position: absolute; top: 0; width: 100% }</style>
${MOUNTAINS}<img src="data:image/png;base64,${overlay.toString('base64')}" alt="">`;
}

/** Few colours, light and dark ones next to one another. */
const MOUNTAINS = `<svg viewBox="0 0 1200 540" xmlns="http://www.w3.org/2000/svg">
<rect width="1200" height="540" fill="#8fc4ea"/><circle cx="930" cy="120" r="62" fill="#fff4c2"/>
<path d="M0 400 260 110 470 340 640 180 900 430 1200 260V540H0Z" fill="#5b7a99"/>
<path d="M260 110 330 187 285 200 250 178 205 171ZM640 180 700 238 655 250 620 232 590 227Z" fill="#fff"/>
<path d="M0 430Q300 340 620 430T1200 400V540H0Z" fill="#f4f7fa"/>
<path d="M0 540 60 400 120 540ZM110 540 160 430 215 540ZM1010 540 1075 380 1140 540ZM1120 540 1165 440 1210 540Z" fill="#1f4d3a"/></svg>`;
