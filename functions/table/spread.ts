/** The job that names the last change which every page is to show. */
export const WANTED = 'spread-wanted';
