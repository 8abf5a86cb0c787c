import { LIMITS } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Field, TextField } from '../../ui/Field.tsx';

export interface ServerWords {
  readonly name: string;
  readonly description: string;
}

export interface ServerFieldsProps {
  words: ServerWords;
  onChange: (change: Partial<ServerWords>) => void;
  /** Shown in the empty field of its name. */
  example?: string;
}

/** What a server is called and what it is for. */
export function ServerFields({ words, onChange, example }: ServerFieldsProps) {
  return (
    <>
      <Field
        label={t('server.name')}
        placeholder={example}
        required
        maxLength={LIMITS.SERVER_NAME_MAX}
        value={words.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextField
        label={t('server.description')}
        rows={2}
        maxLength={LIMITS.SERVER_DESCRIPTION_MAX}
        value={words.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
    </>
  );
}
