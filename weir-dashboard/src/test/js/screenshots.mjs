// Screenshots of every view, in both themes and both widths: node screenshots.mjs URL TOKEN DIRECTORY
import { open } from './browser.mjs';
import { shoot } from './shots.mjs';

const [url, token, directory] = process.argv.slice(2);
const browser = await open();
try {
  await shoot(browser.context, url, token, directory);
} finally {
  await browser.close();
}
