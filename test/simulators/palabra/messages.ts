/** Times in seconds, as on the wire. */
export interface Timed {
  readonly text: string;
  readonly start_time: number;
  readonly end_time: number;
}

export interface Transcription {
  readonly message_type: 'transcription';
  readonly transcription_id: string;
  readonly language: string;
  readonly is_eos: boolean;
  readonly segment: Timed;
  readonly delta: Timed;
}

export interface TranslatedTranscription {
  readonly message_type: 'translated_transcription';
  readonly transcription_id: string;
  readonly language: string;
  readonly is_eos: true;
  readonly segment: Timed;
}
