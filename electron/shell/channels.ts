/** The only two channels beside the message port; the preload knows them too. */
export const CONNECT_CHANNEL = 'vitrine:connect';
export const CHOOSE_FOLDER_CHANNEL = 'vitrine:choose-folder';
