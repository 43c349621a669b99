package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import com.dd.plist.NSDictionary;

record ReadsPlists(NSDictionary it) {}
