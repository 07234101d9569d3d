#include "kernels/emulator/traffic.hpp"

#include <algorithm>

namespace gradbook::emulator {
namespace {

constexpr std::size_t kSector = 32;  // bytes that device memory is read and written by
constexpr std::size_t kBanks = 32;   // of shared memory, each of 4 bytes
constexpr std::size_t kAhead = 64;   // accesses that a lane may have left out

}  // namespace

void WarpTraffic::note(unsigned lane, const void* code, std::uintptr_t address, std::size_t size,
                       bool shared) {
  const std::uint32_t own = 1u << lane;
  const std::size_t end = std::min(accesses_.size(), next_[lane] + kAhead);
  for (std::size_t i = next_[lane]; i < end; ++i) {
    Access& access = accesses_[i];
    if (access.code != code || (access.lanes & own) != 0) continue;
    access.lanes |= own;
    access.addresses[lane] = address;
    next_[lane] = i + 1;
    return;
  }
  accesses_.push_back({code, size, shared, own, {}});
  accesses_.back().addresses[lane] = address;
  next_[lane] = accesses_.size();
}

void WarpTraffic::add_to(KernelCounters& counters, unsigned lanes) {
  const std::uint32_t all = lanes >= 32 ? ~0u : (1u << lanes) - 1;
  std::vector<std::uintptr_t> places;
  for (const Access& access : accesses_) {
    counters.divergent += access.lanes != all;
    if (!access.shared) {
      ++counters.global_requests;
      places.clear();
      for (unsigned lane = 0; lane < 32; ++lane) {
        if ((access.lanes >> lane & 1) == 0) continue;
        for (std::size_t at = 0; at < access.size; at += std::min(access.size, kSector))
          places.push_back((access.addresses[lane] + at) / kSector);
      }
      std::ranges::sort(places);
      counters.global_sectors +=
          static_cast<std::int64_t>(std::ranges::unique(places).begin() - places.begin());
      continue;
    }
    // Lanes with 8 bytes each go in two halves, those with 16 in four quarters
    ++counters.shared_requests;
    const unsigned together = static_cast<unsigned>(32 / std::max<std::size_t>(access.size / 4, 1));
    for (unsigned first = 0; first < 32; first += together) {
      places.clear();
      for (unsigned lane = first; lane < first + together; ++lane) {
        if ((access.lanes >> lane & 1) == 0) continue;
        for (std::size_t at = 0; at < access.size; at += 4)
          places.push_back((access.addresses[lane] + at) / 4);
      }
      std::ranges::sort(places);
      const auto last = std::ranges::unique(places).begin();
      std::array<int, kBanks> words{};  // different ones that each bank is asked for
      for (auto place = places.begin(); place != last; ++place) ++words[*place % kBanks];
      counters.bank_conflicts += std::max(*std::ranges::max_element(words) - 1, 0);
    }
  }
  accesses_.clear();
  next_ = {};
}

}  // namespace gradbook::emulator
