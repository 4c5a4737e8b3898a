/** What a process costs, from the operating system's accounting. Imported by scenarios. */
package dev.watchparty.bench.measure;
