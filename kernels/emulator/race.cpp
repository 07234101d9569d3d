// Two accesses that nothing orders. Only of the second one the line is known: of each place is kept
// who came, but not where from. So what led to the race is run once more to find the first.
#include <algorithm>

#include "kernels/emulator/access.hpp"

namespace gradbook::emulator {
namespace {

constexpr auto kSearch = std::chrono::seconds(1);
constexpr const char* kBehindLine = ", and nothing says who is first";

}  // namespace

void Worker::report_race(Moment other, bool wrote, const Cell& cell, Moment mine, bool writes,
                         bool shared, const void* code) {
  worker = nullptr;
  const unsigned n = other.thread();
  const uint3 index{n % blockDim.x, n / blockDim.x % blockDim.y, n / blockDim.x / blockDim.y};
  const bool same_block = other.same_block(mine);
  const std::uint64_t block = other.block();
  const uint3 of{static_cast<unsigned>(block % gridDim.x),
                 static_cast<unsigned>(block / gridDim.x % gridDim.y),
                 static_cast<unsigned>(block / gridDim.x / gridDim.y)};
  Race race{other, mine, same_block ? block_ : block, wrote, 0, shared, ""};
  if (shared)
    race.place = static_cast<std::uintptr_t>(&cell - shared_cells_.data()) * 4;
  else
    device_memory().for_each([&](const Allocation& piece) {
      const auto word = static_cast<std::size_t>(&cell - piece.cells.data());
      if (&cell >= piece.cells.data() && word < piece.cells.size())
        race.place = reinterpret_cast<std::uintptr_t>(piece.begin) + 4 * word;
    });
  {
    const std::lock_guard lock(launch_->failing);
    if (!launch_->failed) launch_->race = race;
  }
  stop(FaultKind::race,
       fmt::format("{} a place in {} memory that thread {} of {} has {}{}",
                   writes ? "writes" : "reads", shared ? "shared" : "device", text(index),
                   same_block ? "the same block" : "block " + text(of), wrote ? "written" : "read",
                   kBehindLine),
       source_line(code),
       same_block
           ? "A __syncthreads() between the two orders them; where many add to one place, an "
             "atomic does"
           : "Blocks run in any order: use an atomic, another place, or a second launch");
}

// While it is looked for: notes the access that came first, and ends once the second has come, too
void Worker::search(std::uintptr_t address, std::size_t size, bool writes, bool shared,
                    const void* code) {
  Race& race = *launch_->sought;
  const std::uintptr_t a = shared ? address - shared_low_ : address;
  if (shared != race.shared || race.place + 4 <= a || a + size <= race.place) return;
  const bool first = now_->moment.same_time(race.first) && writes == race.wrote;
  if (first) {
    Worker* const self = std::exchange(worker, nullptr);
    race.line = source_line(code);
    worker = self;
  }
  if (now_->moment.same_time(race.second)) race.second_came = true;
  if (!race.second_came || race.line.empty()) return;
  launch_->failed = true;  // there is no more to see
  leave();
}

std::string Worker::name_first(const Launch& launch) {
  Race race = *launch.race;
  std::string message = launch.fault->what();
  const std::uint64_t blocks =
      std::uint64_t{launch.sizes.grid.x} * launch.sizes.grid.y * launch.sizes.grid.z;
  if (blocks > kToldApart && !race.first.same_block(race.second)) return message;
  device_memory().for_each([](Allocation& piece) { piece.writes.clear(); });
  Launch again(launch.call, launch.sizes, launch.fenced.size());
  again.era = launch.era;
  again.number = launch.number;
  again.order = launch.order;
  again.deadline = std::chrono::steady_clock::now() + kSearch;
  again.sought = &race;
  run_block(again, race.block);
  worker = nullptr;
  take_counters();
  if (!race.line.empty()) message.insert(message.rfind(kBehindLine), " at " + race.line);
  return message;
}

}  // namespace gradbook::emulator
