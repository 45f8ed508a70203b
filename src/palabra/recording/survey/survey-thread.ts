import { workAside } from '../../../core/concurrency/aside.ts';
import { RecordingError } from '../recording.ts';
import { type SurveyTask, surveyFile } from './survey.ts';
import type { SurveyAnswer } from './survey-aside.ts';

// The body of the thread that `survey-aside.ts` starts: one file in, its plan out.
await workAside<SurveyTask, SurveyAnswer>(async (task) => {
  try {
    return { plan: await surveyFile(task) };
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return { refused: { message: error.message, code: error.code } }; // instances cannot be passed between threads
  }
});
