/// @file
/// The hand that writes launches down.
#pragma once

#include <span>

#include "kernels/emulator/launch.hpp"
#include "kernels/emulator/recording.hpp"

namespace gradbook::emulator {

/// Whether launches are written down at the moment.
bool recording();

/// Of the first block of a launch: more than these tell nobody anything.
inline constexpr std::size_t kMostRecorded = 200'000;

/// Writes down a launch that has ended.
/// @param report    what it cost
/// @param accesses  of its first block, in any order
/// @param pointers  the kernel's arguments that point somewhere
void write_down(const LaunchReport& report, std::span<const RecordedAccess> accesses,
                std::span<const PointerArgument> pointers);

}  // namespace gradbook::emulator
