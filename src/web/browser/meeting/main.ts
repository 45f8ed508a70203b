import { searchTranscript } from './search.ts';
import { interactivePicture } from './timeline.ts';
import { showReadersTimes } from './times.ts';

// The page is complete without this script, which makes more of what is there.
showReadersTimes(document);
interactivePicture(document);
searchTranscript(document);
