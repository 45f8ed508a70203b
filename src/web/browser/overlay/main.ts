import { OverlayPage } from './overlay-page.ts';

const { lines, size } = document.body.dataset;
const place = document.querySelector('main');
if (!place) throw new Error('The page lacks its part main');
document.documentElement.style.fontSize = `${size}px`;
new OverlayPage(Number(lines), place).begin();
