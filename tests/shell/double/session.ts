import type { Session } from 'electron';

type PermissionRequest = Parameters<Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0];
type DeviceCheck = Parameters<Session['setDevicePermissionHandler']>[0];
type DisplayRequest = Parameters<Session['setDisplayMediaRequestHandler']>[0];

export type Permission = Parameters<NonNullable<PermissionCheck>>[1];

type Methods = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

/** A session that grants everything it is not told to deny, as Electron's does. */
export class SessionDouble implements Methods {
  #request: PermissionRequest = null;
  #check: PermissionCheck = null;
  #device: DeviceCheck = null;
  #display: DisplayRequest = null;

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceCheck): void {
    this.#device = handler;
  }

  setDisplayMediaRequestHandler(handler: DisplayRequest): void {
    this.#display = handler;
  }

  /** Which ways to a permission are open to a page. */
  async openWays(
    permission: Permission,
    asker = { requestingUrl: 'vitrine://app/index.html', isMainFrame: true },
  ): Promise<string[]> {
    const isGranted = await new Promise<boolean>((resolve) => {
      if (this.#request === null) resolve(true);
      else this.#request({} as never, permission, resolve, asker);
    });
    const seesScreen = await new Promise<boolean>((resolve) => {
      if (this.#display === null) resolve(true);
      else this.#display({} as never, (streams) => resolve(streams !== null));
    });
    return [
      isGranted ? 'request' : '',
      (this.#check?.(null, permission, asker.requestingUrl, asker) ?? true) ? 'check' : '',
      (this.#device?.({} as never) ?? true) ? 'device' : '',
      seesScreen ? 'screen' : '',
    ].filter((way) => way !== '');
  }
}
