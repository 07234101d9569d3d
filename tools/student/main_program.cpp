#include "student/main_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gradbook {

MainProgram main_program(const Book& book, const Module& module, bool on_device) {
  MainProgram main{module};
  for (const Exercise& e : module.exercises) main.exercises.push_back(&e);
  if (!on_device) return main;
  const auto& all = book.modules();
  const auto found = std::ranges::find_if(all, [](const Module& m) { return !m.backend.empty(); });
  if (found == all.end())
    throw UserError("--device cuda: the module of kernels is not in this workbook");
  if (module.emulated.empty())
    throw UserError(
        fmt::format("--device cuda: {}'s program computes nothing that {} has kernels for",
                    module.directory, found->directory));
  main.device = &*found;
  const Exercise& switched = *book.find(found->backend);
  const std::vector<std::string> beneath = book.foundations(switched);
  for (const Exercise& e : found->exercises) {
    if (e.id == switched.id || std::ranges::find(beneath, e.id) != beneath.end())
      main.exercises.push_back(&e);
  }
  return main;
}

}  // namespace gradbook
