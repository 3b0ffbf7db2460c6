; What the installer says besides NSIS's own texts.

LangString ADD_TO_PATH ${LANG_ENGLISH} "Add to PATH"
LangString START_AT_LOGIN ${LANG_ENGLISH} "Start at login"
LangString REMOVE_SETTINGS ${LANG_ENGLISH} "Settings and history"
LangString REMOVE_PASSWORDS ${LANG_ENGLISH} "Stored passwords"
LangString STILL_RUNNING ${LANG_ENGLISH} "altv-tray is still running. Quit it by its icon in the taskbar, then try again."
LangString NOT_ALL_REMOVED ${LANG_ENGLISH} "Not everything that altv-tray has stored could be removed."

LangString ADD_TO_PATH ${LANG_SIMPCHINESE} "添加到 PATH"
LangString START_AT_LOGIN ${LANG_SIMPCHINESE} "登录时启动"
LangString REMOVE_SETTINGS ${LANG_SIMPCHINESE} "设置和历史记录"
LangString REMOVE_PASSWORDS ${LANG_SIMPCHINESE} "已保存的密码"
LangString STILL_RUNNING ${LANG_SIMPCHINESE} "altv-tray 仍在运行。请通过任务栏中的图标退出它，然后重试。"
LangString NOT_ALL_REMOVED ${LANG_SIMPCHINESE} "altv-tray 保存的内容未能全部删除。"

LangString ADD_TO_PATH ${LANG_GERMAN} "Zu PATH hinzufügen"
LangString START_AT_LOGIN ${LANG_GERMAN} "Bei der Anmeldung starten"
LangString REMOVE_SETTINGS ${LANG_GERMAN} "Einstellungen und Verlauf"
LangString REMOVE_PASSWORDS ${LANG_GERMAN} "Gespeicherte Passwörter"
LangString STILL_RUNNING ${LANG_GERMAN} "altv-tray läuft noch. Beenden Sie es über sein Symbol in der Taskleiste und versuchen Sie es dann erneut."
LangString NOT_ALL_REMOVED ${LANG_GERMAN} "Nicht alles, was altv-tray gespeichert hat, konnte entfernt werden."

LangString ADD_TO_PATH ${LANG_RUSSIAN} "Добавить в PATH"
LangString START_AT_LOGIN ${LANG_RUSSIAN} "Запускать при входе в систему"
LangString REMOVE_SETTINGS ${LANG_RUSSIAN} "Настройки и история"
LangString REMOVE_PASSWORDS ${LANG_RUSSIAN} "Сохранённые пароли"
LangString STILL_RUNNING ${LANG_RUSSIAN} "altv-tray всё ещё работает. Завершите его через значок на панели задач и повторите попытку."
LangString NOT_ALL_REMOVED ${LANG_RUSSIAN} "Удалось удалить не всё, что сохранила программа altv-tray."
