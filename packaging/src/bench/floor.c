/*
 * What the bench needs from C: the floor that any reader of the process table can be held against, processes to read, and
 * the kernel's own account of a command.
 *
 *   floor stage N WORKERS PYTHON [DESCRIPTORS CHILDREN]
 *                                  start N idle processes, WORKERS of them named like slash workers; say "ready"; stay
 *                                  until standard input ends, then take them along. With the last two a dashboard beside
 *                                  them, that has so many descriptors, and a worker of it that has so many children
 *   floor scan cmdline|both        read the table once: every command line, or command line and stat; print the nanoseconds
 *   floor watch SECONDS TIMES      wait, scan both, and touch some memory, over and over; print the microseconds of CPU that
 *                                  a scan and the touching took in the mean, and the touching once more at once
 *   floor run COMMAND [ARG...]     run it, its output thrown away; print wall, user and system microseconds, peak KiB, status
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Pages of 4 KiB: as much as a small program works with. */
#define TOUCHED 1000

static void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static pid_t start(int number, int worker, const char *python, int input) {
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid > 0) return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0);
    char key[64];
    if (worker) {
        dup2(input, 0);
        snprintf(key, sizeof key, "bench_%06d", number);
        execl(python, "/opt/hermes/venv/bin/python3", "-m", "tui_gateway.slash_worker", "--session-key", key, "--model",
              "claude-opus-4-7", (char *)NULL);
    } else {
        snprintf(key, sizeof key, "--instance=%06d", number);
        execl("/proc/self/exe", "/usr/lib/some/ordinary-service", "idle", "--config", "/etc/some/service.conf", key,
              (char *)NULL);
    }
    _exit(127);
}

/* A process of Hermes' with something of what grows, which is there when this returns. */
static pid_t start_large(const char *python, const char *module, const char *word, const char *option, const char *count,
                         int input) {
    int ready[2];
    if (pipe(ready)) fail("pipe");
    char end[16];
    snprintf(end, sizeof end, "%d", ready[1]);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(0);
        if (input >= 0) dup2(input, 0);
        close(ready[0]);
        execl(python, "/opt/hermes/venv/bin/python3", "-m", module, word, "large", option, count, "--ready", end,
              (char *)NULL);
        _exit(127);
    }
    close(ready[1]);
    char byte;
    if (read(ready[0], &byte, 1) != 1) fail(option);
    close(ready[0]);
    return pid;
}

/* What such a process does before it idles. */
static void grow(int argc, char **argv) {
    for (int i = 2; i + 1 < argc; i++) {
        int count = atoi(argv[i + 1]);
        if (strcmp(argv[i], "--descriptors") == 0) {
            struct rlimit files;
            getrlimit(RLIMIT_NOFILE, &files);
            files.rlim_cur = files.rlim_max;
            setrlimit(RLIMIT_NOFILE, &files);
            for (int more = count; more > 0; more--) {
                if (open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) fail("/dev/null");
            }
        } else if (strcmp(argv[i], "--children") == 0) {
            for (int child = 0; child < count; child++) start(child, 0, NULL, -1);
        } else if (strcmp(argv[i], "--ready") == 0) {
            if (write(count, "", 1) != 1) fail("ready");
            close(count);
        }
    }
}

static int stage(int processes, int workers, const char *python, const char *descriptors, const char *parents) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    pid_t *children = calloc((size_t)processes + 2, sizeof *children);
    if (!children) fail("calloc");
    for (int i = 0; i < processes; i++) {
        int ends[2] = {-1, -1};
        if (i < workers && pipe2(ends, O_CLOEXEC)) fail("pipe");
        children[i] = start(i, i < workers, python, ends[0]);
        if (ends[0] >= 0) close(ends[0]); /* the write end stays: the worker is owned by its parent */
    }
    int started = processes;
    if (descriptors) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC)) fail("pipe");
        children[started++] = start_large(python, "hermes_cli.main", "dashboard", "--descriptors", descriptors, -1);
        children[started++] = start_large(python, "tui_gateway.slash_worker", "--session-key", "--children", parents, ends[0]);
        close(ends[0]);
    }
    puts("ready");
    fflush(stdout);
    char byte;
    while (read(0, &byte, 1) > 0) {}
    /* Reaped here: the first process of a namespace may not do it, and its zombies would be counted with the next stage. */
    for (int i = 0; i < started; i++) kill(children[i], SIGKILL);
    while (wait(NULL) > 0) {}
    free(children);
    return 0;
}

/* One file, open, read, close, as any program would. */
static long slurp(int proc, const char *pid, const char *name, char *buffer, size_t size) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", pid, name);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    long got = read(file, buffer, size);
    close(file);
    return got;
}

/* What one reading of the table found, and the nanoseconds it took. */
struct found {
    uint64_t took;
    int processes;
    int traced;
};

static struct found read_table(int both) {
    static char buffer[8192];
    uint64_t before = now();
    DIR *proc = opendir("/proc");
    if (!proc) fail("/proc");
    struct found found = {0, 0, 0};
    for (struct dirent *entry; (entry = readdir(proc));) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        found.processes++;
        long got = slurp(dirfd(proc), entry->d_name, "cmdline", buffer, sizeof buffer);
        int trace = got > 0 && memmem(buffer, (size_t)got, "tui_gateway", 11);
        found.traced += trace;
        if (both || trace) slurp(dirfd(proc), entry->d_name, "stat", buffer, sizeof buffer);
    }
    closedir(proc);
    found.took = now() - before;
    return found;
}

static int scan(int both) {
    struct found found = read_table(both);
    printf("%llu %d %d\n", (unsigned long long)found.took, found.processes, found.traced);
    return 0;
}

static long micros(struct timeval t) { return t.tv_sec * 1000000L + t.tv_usec; }

static uint64_t cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000;
}

static uint64_t touch(volatile char *pages) {
    uint64_t before = cpu();
    for (int page = 0; page < TOUCHED; page++) pages[page * 4096]++;
    return cpu() - before;
}

static int watch(int seconds, int times) {
    uint64_t scans = 0, cold = 0, warm = 0;
    char *pages = calloc(TOUCHED, 4096);
    if (!pages) fail("calloc");
    touch(pages);
    for (int i = 0; i < times; i++) {
        sleep((unsigned)seconds);
        uint64_t before = cpu();
        read_table(1);
        scans += cpu() - before;
        cold += touch(pages);
        warm += touch(pages);
    }
    printf("%llu %llu %llu\n", (unsigned long long)scans / (unsigned)times, (unsigned long long)cold / (unsigned)times,
           (unsigned long long)warm / (unsigned)times);
    free(pages);
    return 0;
}

static int run(char **command) {
    uint64_t before = now();
    pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
        int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, 0);
        dup2(nothing, 1);
        dup2(nothing, 2);
        execvp(command[0], command);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (wait4(pid, &status, 0, &used) < 0) fail("wait");
    printf("%llu %ld %ld %ld %d\n", (unsigned long long)((now() - before) / 1000), micros(used.ru_utime),
           micros(used.ru_stime), used.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1 && (strcmp(argv[1], "idle") == 0 || strcmp(argv[1], "-m") == 0)) {
        grow(argc, argv);
        for (;;) {
            char byte;
            if (strcmp(argv[1], "idle") == 0) pause();
            else if (read(0, &byte, 1) <= 0) return 0;
        }
    }
    if ((argc == 5 || argc == 7) && strcmp(argv[1], "stage") == 0) {
        return stage(atoi(argv[2]), atoi(argv[3]), argv[4], argc == 7 ? argv[5] : NULL, argc == 7 ? argv[6] : NULL);
    }
    if (argc == 3 && strcmp(argv[1], "scan") == 0) return scan(strcmp(argv[2], "both") == 0);
    if (argc == 4 && strcmp(argv[1], "watch") == 0 && atoi(argv[3]) > 0) return watch(atoi(argv[2]), atoi(argv[3]));
    if (argc > 2 && strcmp(argv[1], "run") == 0) return run(argv + 2);
    fputs("usage: floor stage N WORKERS PYTHON [DESCRIPTORS CHILDREN] | scan cmdline|both | watch SECONDS TIMES | run COMMAND [ARG...]\n", stderr);
    return 2;
}
