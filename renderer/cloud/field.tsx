import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** Gets what ties it to its label and its help. */
  readonly children: (tie: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
}

/** A form's input with its label above and its help below. */
export function Field({ label, help, children }: FieldProps) {
  const id = useId();
  const helpId = help === undefined ? undefined : `${id}-help`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': helpId })}
      {help !== undefined && (
        <p id={helpId} className={styles.help}>
          {help}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'id'> {
  readonly label: string;
  readonly help?: string | undefined;
  readonly onText: (text: string) => void;
}

/** One line of text. Names and addresses: nothing to be corrected or kept by the browser. */
export function TextField({ label, help, onText, ...input }: TextFieldProps) {
  return (
    <Field label={label} help={help}>
      {(tie) => (
        <input
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={styles.input}
          {...tie}
          {...input}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
