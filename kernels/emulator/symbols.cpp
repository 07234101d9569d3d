#include "kernels/emulator/symbols.hpp"

#include <link.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <utility>

namespace gradbook::emulator {
namespace {

// From the program's file: what is loaded of it names neither guards nor functions of one file.
// The debug information would do for functions, but takes fifty times as long to read.
class Symbols {
 public:
  Symbols() {
    ElfW(Ehdr) header{};
    read(&header, 1, 0);
    std::vector<ElfW(Shdr)> sections(header.e_shnum);
    read(sections.data(), sections.size(), header.e_shoff);
    for (const auto& section : sections) {
      if (section.sh_type == SHT_SYMTAB && section.sh_link < sections.size() && file_)
        take(section, sections[section.sh_link]);
    }
    std::ranges::sort(functions_);
  }

  const std::vector<std::uintptr_t>& guards() const { return guards_; }

  std::string function(std::uintptr_t address) const {
    const auto found =
        std::ranges::lower_bound(functions_, address, {}, [](const auto& f) { return f.first; });
    return found == functions_.end() || found->first != address ? "" : &names_.at(found->second);
  }

 private:
  template <class T>
  void read(T* to, std::size_t count, std::uint64_t at) {
    file_.seekg(static_cast<std::streamoff>(at));
    file_.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count * sizeof(T)));
  }

  void take(const ElfW(Shdr) & table, const ElfW(Shdr) & text) {
    std::vector<ElfW(Sym)> symbols(table.sh_size / sizeof(ElfW(Sym)));
    read(symbols.data(), symbols.size(), table.sh_offset);
    names_.assign(text.sh_size + 1, '\0');
    read(names_.data(), text.sh_size, text.sh_offset);
    for (const auto& symbol : symbols) {
      if (symbol.st_name >= text.sh_size) continue;
      const int type = ELF64_ST_TYPE(symbol.st_info);
      if (type == STT_FUNC) functions_.emplace_back(symbol.st_value, symbol.st_name);
      if (type == STT_TLS && std::string_view(&names_[symbol.st_name]).starts_with("_ZGV"))
        guards_.push_back(symbol.st_value);
    }
  }

  std::ifstream file_{"/proc/self/exe", std::ios::binary};
  std::vector<char> names_;
  std::vector<std::pair<std::uintptr_t, std::size_t>> functions_;  // address and name, sorted
  std::vector<std::uintptr_t> guards_;
};

const Symbols& symbols() {
  static const Symbols all;
  return all;
}

// Where the program lies: its symbols count from there
std::uintptr_t base() {
  std::uintptr_t found = 0;
  const auto look = [](dl_phdr_info* info, std::size_t, void* to) {
    *static_cast<std::uintptr_t*>(to) = info->dlpi_addr;
    return 1;  // the first is the program itself
  };
  dl_iterate_phdr(look, &found);
  return found;
}

}  // namespace

const std::vector<std::uintptr_t>& guard_bytes() { return symbols().guards(); }

std::string symbol_of(const void* function) {
  return symbols().function(reinterpret_cast<std::uintptr_t>(function) - base());
}

}  // namespace gradbook::emulator
