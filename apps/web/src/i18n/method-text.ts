/** Title and description of a method. */
export interface MethodText {
  readonly title: string;
  readonly about: string;
}
