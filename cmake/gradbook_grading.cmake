# What workers and judges are linked with, and the supervisor; a handout has none of them.

set(support ${PROJECT_SOURCE_DIR}/tests/support)
set(grading ${PROJECT_SOURCE_DIR}/tools/grading)

gradbook_objects(gradbook_worker_support SOURCES ${support}/case.cpp ${support}/observation.cpp
                 ${grading}/worker/worker_main.cpp HEADERS ${support}/case.hpp ${support}/gradcheck.hpp)
gradbook_objects(gradbook_judge_support DEFINITIONS GRADBOOK_JUDGE SOURCES ${support}/case.cpp ${support}/observation.cpp
                 HEADERS ${support}/case.hpp ${support}/gradcheck.hpp)

# The judge's own code knows nothing of the book, and is compiled like the program
add_library(gradbook_judge_main OBJECT EXCLUDE_FROM_ALL ${grading}/judge/comparator.cpp ${grading}/judge/judge_main.cpp
            ${grading}/judge/on_gpu.cpp ${grading}/judge/run_worker.cpp ${PROJECT_SOURCE_DIR}/tools/system/process.cpp
            ${PROJECT_SOURCE_DIR}/tools/system/file.cpp)
target_link_libraries(gradbook_judge_main PRIVATE gradbook_tool gradbook_warnings)
add_executable(supervisor EXCLUDE_FROM_ALL ${grading}/worker/supervisor_main.cpp ${grading}/worker/confinement.cpp)
target_link_libraries(supervisor PRIVATE gradbook_tool gradbook_warnings seccomp)
