/// @file
/// Hides files from a process without mounting anything: Landlock, for where namespaces cannot be
/// had.
#pragma once

#include <string>
#include <vector>

namespace gradbook {

/// Whether this kernel has it switched on.
bool have_landlock();

/// From now on this process and its children reach only these files and what is below these
/// folders; paths that are not there are left out. Needs no_new_privs.
/// @returns false, with errno, where it cannot be done
bool see_only(const std::vector<std::string>& readable, const std::vector<std::string>& writable);

}  // namespace gradbook
