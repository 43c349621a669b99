"""Runs a program that the kernel denies pidfd_open and pidfd_send_signal, as it was before Linux 5.3, or as an old seccomp
profile does: without_pidfds.py ERRNO PROGRAM ARGUMENT..."""
import ctypes
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
DENIED = (424, 434)


def instruction(code, jump_true, jump_false, value):
    return struct.pack("HBBI", code, jump_true, jump_false, value)


filters = instruction(0x20, 0, 0, 0)  # the number of the system call
filters += instruction(0x15, 1, 0, DENIED[0]) + instruction(0x15, 0, 1, DENIED[1])
filters += instruction(0x06, 0, 0, ERRNO | int(sys.argv[1])) + instruction(0x06, 0, 0, ALLOW)
buffer = ctypes.create_string_buffer(filters)
program = struct.pack("HL", len(filters) // 8, ctypes.addressof(buffer))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0):
    sys.exit("no seccomp: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[2], sys.argv[2:])
