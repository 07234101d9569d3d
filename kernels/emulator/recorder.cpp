#include "kernels/emulator/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "kernels/emulator/memory.hpp"

namespace gradbook {
namespace {

constexpr int kMostLaunches = 200;

struct Record {
  std::string folder;
  int launches = 0;
};

Record& record() {
  static Record now = [] {
    const char* const named = std::getenv("GRADBOOK_LAUNCHES");
    return Record{named != nullptr ? named : ""};
  }();
  return now;
}

std::string text(dim3 n) { return fmt::format("{} × {} × {}", n.x, n.y, n.z); }

// Which argument's memory an address lies in, and how far from where the argument points
struct Place {
  int array;
  std::ptrdiff_t element;
};

Place place_of(const RecordedAccess& access, std::span<const emulator::PointerArgument> pointers,
               std::uintptr_t shared) {
  if (access.shared) return {0, static_cast<std::ptrdiff_t>(access.address - shared) / 4};
  const auto* const piece =
      emulator::device_memory().find(reinterpret_cast<const void*>(access.address));
  for (const emulator::PointerArgument& pointer : pointers) {
    if (pointer.address == nullptr || emulator::device_memory().find(pointer.address) != piece)
      continue;
    const auto from = reinterpret_cast<std::uintptr_t>(pointer.address);
    return {pointer.place, static_cast<std::ptrdiff_t>(access.address - from) / 4};
  }
  return {-1, 0};
}

void write_accesses(const std::string& path, std::span<const RecordedAccess> accesses,
                    std::span<const emulator::PointerArgument> pointers) {
  std::uintptr_t shared = UINTPTR_MAX;  // where shared memory that is used begins
  for (const RecordedAccess& access : accesses)
    if (access.shared) shared = std::min(shared, access.address);
  std::ofstream file(path);
  file << "phase\tthread\tarray\telement\telements\twrites\n";
  for (const RecordedAccess& access : accesses) {
    const auto [array, element] = place_of(access, pointers, shared);
    if (array >= 0)
      file << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", access.phase, access.thread, array, element,
                          std::max(access.size / 4, 1u), access.writes ? 1 : 0);
  }
}

}  // namespace

void record_launches(const std::string& folder) { record() = {folder}; }

bool emulator::recording() { return !record().folder.empty(); }

void emulator::write_down(const LaunchReport& report, std::span<const RecordedAccess> accesses,
                          std::span<const PointerArgument> pointers) {
  Record& now = record();
  const int number = ++now.launches;
  const KernelCounters& c = report.counters;
  std::ofstream file(now.folder + "/launches.tsv", number == 1 ? std::ios::trunc : std::ios::app);
  if (number == 1)
    file
        << "number\tkernel\tgrid\tblock\tthreads\tglobal reads\tglobal writes\tread bytes\twritten "
           "bytes\trequests\tsectors\tshared reads\tshared writes\tbank conflicts\tbarriers\twarp "
           "operations\tatomics\tdivergent\n";
  const auto all = [](dim3 n) { return std::int64_t{n.x} * n.y * n.z; };
  file << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                      number, report.kernel, text(report.grid), text(report.block),
                      all(report.grid) * all(report.block), c.global_reads, c.global_writes,
                      c.global_read_bytes, c.global_write_bytes, c.global_requests,
                      c.global_sectors, c.shared_reads, c.shared_writes, c.bank_conflicts,
                      c.barriers, c.warp_operations, c.atomics, c.divergent);
  if (number <= kMostLaunches)
    write_accesses(fmt::format("{}/accesses_{}.tsv", now.folder, number), accesses, pointers);
}

}  // namespace gradbook
