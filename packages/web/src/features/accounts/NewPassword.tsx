import { LIMITS } from '@snug/protocol';
import { Field, type FieldProps } from '../../ui/Field.tsx';

/** Where a password is thought of. */
export function NewPassword(props: Omit<FieldProps, 'type'>) {
  return (
    <Field
      type="password"
      autoComplete="new-password"
      required
      minLength={LIMITS.PASSWORD_MIN}
      maxLength={LIMITS.PASSWORD_MAX}
      {...props}
    />
  );
}
