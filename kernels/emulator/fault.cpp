#include "kernels/emulator/fault.hpp"

#include <backtrace.h>
#include <cxxabi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "kernels/emulator/symbols.hpp"

namespace gradbook::emulator {
namespace {

void ignore(void*, const char*, int) {}

// The debug information of this program, read when it is first asked for
backtrace_state* debug_information() {
  static backtrace_state* const state = backtrace_create_state(nullptr, 1, ignore, nullptr);
  return state;
}

// Of "void gradbook::(anonymous namespace)::fill<gradbook::Item>(int*)" it is "fill"
std::string own_name(std::string_view readable) {
  std::string name;
  int depth = 0;  // in the arguments of templates
  for (const char c : readable) {
    depth += c == '<';
    if (depth == 0) name += c;
    depth -= c == '>';
  }
  constexpr std::string_view kUnnamed = "(anonymous namespace)::";
  for (std::size_t at; (at = name.find(kUnnamed)) != std::string::npos;)
    name.erase(at, kUnnamed.size());
  name.resize(std::min(name.find('('), name.size()));
  return name.substr(name.find_last_of(" :") + 1);
}

}  // namespace

std::string source_line(const void* code) {
  std::string found;
  // Of what was inlined, the innermost is called first; lines of this floor are no kernel's
  const auto keep = [](void* to, std::uintptr_t, const char* file, int line, const char*) {
    if (file == nullptr || std::string_view(file).find("kernels/emulator/") != std::string::npos)
      return 0;
    *static_cast<std::string*>(to) =
        fmt::format("{}:{}", std::filesystem::path(file).filename().string(), line);
    return 1;
  };
  const auto before = reinterpret_cast<std::uintptr_t>(code) - 1;  // the call, not what follows
  backtrace_pcinfo(debug_information(), before, keep, ignore, &found);
  return found;
}

std::string function_name(const void* function) {
  const std::string symbol = symbol_of(function);
  if (symbol.empty()) return "a kernel";
  int status = 0;
  char* const readable = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
  const std::string name = status == 0 ? readable : symbol;
  std::free(readable);
  return own_name(name);
}

}  // namespace gradbook::emulator
