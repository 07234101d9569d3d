#include "grading/unit/preparation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/lock.hpp"

namespace gradbook {
namespace {

void link_programs(const Workshop& workshop, const Exercise& e) {
  const Lock lock(workshop.folder_of(e));
  for (const Linked& linked : {workshop.link_reference_worker(e), workshop.link_judge(e)}) {
    if (!linked.ok)
      throw UserError(fmt::format("{} of {} does not link:\n{}", linked.program.filename().string(),
                                  e.id, linked.messages));
  }
}

}  // namespace

void Preparation::make_objects(std::span<const Exercise* const> exercises) {
  const std::lock_guard guard(mutex_);
  std::vector<const Exercise*> wanted(exercises.begin(), exercises.end());
  std::erase_if(wanted, [&](const Exercise* e) { return objects_.count(e->id) > 0; });
  if (wanted.empty()) return;
  workshop_.bring_up_to_date(wanted);
  for (const Exercise* e : wanted) objects_.insert(e->id);
}

void Preparation::make_programs(const Exercise& e) {
  std::once_flag* once = nullptr;
  {
    const std::lock_guard guard(mutex_);
    once = &programs_[e.id];
  }
  std::call_once(*once, [&] { link_programs(workshop_, e); });
}

}  // namespace gradbook
