#include "kernels/emulator/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "kernels/emulator/memory.hpp"
#include "kernels/occupancy.hpp"

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

// Where the shared memory that is used begins, and how many bytes it has
std::pair<std::uintptr_t, std::size_t> shared_memory(std::span<const RecordedAccess> accesses) {
  std::uintptr_t first = UINTPTR_MAX, end = 0;
  for (const RecordedAccess& access : accesses) {
    if (!access.shared) continue;
    first = std::min(first, access.address);
    end = std::max(end, access.address + access.size);
  }
  return {first, end > first ? end - first : 0};
}

// Of an H100's multiprocessor, as far as threads and shared memory limit it; registers may limit it
// further, and only nvcc knows them
double occupancy_of(const LaunchReport& report, std::size_t shared) {
  constexpr int kFewRegisters = 32;  // with so many a thread, all warps fit
  const int threads = static_cast<int>(report.block.x * report.block.y * report.block.z);
  return occupancy(sm_90, threads, kFewRegisters, std::max(shared, report.shared_bytes)).share;
}

void write_accesses(const std::string& path, std::span<const RecordedAccess> accesses,
                    std::span<const emulator::PointerArgument> pointers) {
  const std::uintptr_t shared = shared_memory(accesses).first;
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
    file << "number\tkernel\tgrid\tblock\tthreads\tglobal reads\tglobal writes\tread bytes\t"
            "written bytes\trequests\tsectors\tshared reads\tshared writes\tbank conflicts\t"
            "barriers\twarp operations\tatomics\tdivergent\tshared bytes\toccupancy\n";
  const std::size_t shared = shared_memory(accesses).second;
  const auto all = [](dim3 n) { return std::int64_t{n.x} * n.y * n.z; };
  file << fmt::format(
      "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", number,
      report.kernel, text(report.grid), text(report.block), all(report.grid) * all(report.block),
      c.global_reads, c.global_writes, c.global_read_bytes, c.global_write_bytes, c.global_requests,
      c.global_sectors, c.shared_reads, c.shared_writes, c.bank_conflicts, c.barriers,
      c.warp_operations, c.atomics, c.divergent, shared, occupancy_of(report, shared));
  if (number <= kMostLaunches)
    write_accesses(fmt::format("{}/accesses_{}.tsv", now.folder, number), accesses, pointers);
}

}  // namespace gradbook
