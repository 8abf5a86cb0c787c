/** As much of `navigator.locks` as the client uses. */
export interface Locks {
  request<T>(
    name: string,
    options: { ifAvailable?: boolean },
    callback: (lock: object | null) => Promise<T> | T,
  ): Promise<T>;
}
