/// @file
/// Times as platforms and people write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gradbook {

/// "2026-03-01 23:59", with 'T' for the space, seconds, their parts, and an offset ("Z", "UTC",
/// "+01:00", "-0800") where there are any; without one it is UTC. Nothing where it is no time.
std::optional<std::chrono::sys_seconds> time_of(std::string_view text);

/// "+01:00" as an hour; nothing where it is no offset.
std::optional<std::chrono::minutes> offset_of(std::string_view text);

/// "2026-03-01 23:59" at so many minutes ahead of UTC.
std::string time_text(std::chrono::sys_seconds time, std::chrono::minutes ahead = {});

}  // namespace gradbook
