/*
 * Loaded in front of libc with LD_PRELOAD. While the file `hold` exists in $FSYNC_SHIM_FOLDER, every fsync and fdatasync
 * of the log's files waits before it happens, and says so by a line in the file `held`. E16: nothing may be acknowledged
 * meanwhile.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_log(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "/chat.db") != NULL;
}

static void hold(int fd) {
  const char *folder = getenv("FSYNC_SHIM_FOLDER");
  if (folder == NULL || !is_log(fd)) return;
  char flag[4096], held[4096];
  snprintf(flag, sizeof flag, "%s/hold", folder);
  snprintf(held, sizeof held, "%s/held", folder);
  if (access(flag, F_OK) != 0) return;
  int out = open(held, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (out >= 0) {
    if (write(out, "held\n", 5) != 5) abort();
    close(out);
  }
  while (access(flag, F_OK) == 0) usleep(1000);
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  hold(fd);
  return real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  hold(fd);
  return real(fd);
}
