/** Discord's limits, as its documentation gives them; texts are counted in UTF-16 units. */

/** The text of one message. */
export const MAX_CONTENT = 2_000;
/** The text of a message to which a sentence may still be added. */
export const MAX_CONTENT_WITH_MARGIN = 1_900;
/** The name under which a webhook writes. */
export const MAX_WEBHOOK_NAME = 80;
/** The value by which Discord tells that two attempts are of one message. */
export const MAX_NONCE = 25;
/** What a button, menu or form carries to be known by. */
export const MAX_CUSTOM_ID = 100;
/** Options of a menu, and suggestions for an option of a command. */
export const MAX_CHOICES = 25;
/** The text in a field of a form. */
export const MAX_INPUT = 4_000;
/** Messages that one request hands out. */
export const MAX_MESSAGES_READ = 100;
