import { workAside } from '../../core/concurrency/aside.ts';
import { type PageTask, renderPage } from './page.ts';

// The body of a thread that makes one page.
await workAside<PageTask, string>(({ record, wanted }) => renderPage(record, wanted));
