; The installer for Windows: for one user, without an administrator.
; assets/packaging/build gives the defines. Silent: /S; /LOGIN has the program
; start at login, /NOPATH leaves PATH alone. The uninstaller, silent: /S; /SETTINGS
; and /PASSWORDS remove those, too.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true

!include MUI2.nsh
!include LogicLib.nsh
!include Sections.nsh
!include FileFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

; The name that the program's notifications come under (tray/beeep.go).
!define APP_ID "altv-tray"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\altv-tray"
!define SHORTCUT "$SMPROGRAMS\altv-tray.lnk"

Name "altv-tray"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\altv-tray"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "altv-tray ${VERSION}"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "altv-tray"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "altv-tray setup"
VIAddVersionKey /LANG=0 "CompanyName" "The altv-tray authors"
VIAddVersionKey /LANG=0 "LegalCopyright" "The altv-tray authors, MIT license"

!ifdef SIGN
  !uninstfinalize `${SIGN}`
!endif

Var WasRunning

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${PICTURES}/header.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${PICTURES}/header.bmp"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}/side.bmp"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\altv-tray.exe"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

; The first one is for those who have none of them.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Russian"
!include languages.nsh

; QuitRunning ends the tray app and waits until its files can be replaced.
!macro QuitRunning un
Function ${un}QuitRunning
  StrCpy $WasRunning 0
  again:
  IfFileExists "$INSTDIR\altv-tray.com" 0 wait
    nsExec::Exec '"$INSTDIR\altv-tray.com" quit'
    Pop $0
    ${If} $0 == 0
      StrCpy $WasRunning 1
    ${EndIf}
  wait:
  IfFileExists "$INSTDIR\altv-tray.exe" 0 free
  StrCpy $1 0
  ${Do}
    ClearErrors
    FileOpen $2 "$INSTDIR\altv-tray.exe" a
    ${IfNot} ${Errors}
      FileClose $2
      Goto free
    ${EndIf}
    IntOp $1 $1 + 1
    Sleep 200
  ${LoopUntil} $1 >= 50
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
  free:
FunctionEnd
!macroend
!insertmacro QuitRunning ""
!insertmacro QuitRunning "un."

; ChangePath has the program change the user's PATH, and tells those who run.
!macro ChangePath ARGS
  nsExec::ExecToLog '"$INSTDIR\altv-tray.com" path ${ARGS}'
  Pop $0
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
!macroend

; MakeShortcut makes the Start menu's entry, with the AppUserModelID by which
; Windows knows that the notifications are this program's.
Function MakeShortcut
  Delete "${SHORTCUT}"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IShellLink::SetPath} $0 '("$INSTDIR\altv-tray.exe")'
    ${IShellLink::SetWorkingDirectory} $0 '("$INSTDIR")'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r1)'
    ${If} $1 P<> 0
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r2'
      System::Call '*(&w64 "${APP_ID}")p.r4'
      System::Call '*(&i2 ${VT_LPWSTR}, &i2 0, &i2 0, &i2 0, p r4, p 0)p.r3'
      ${IPropertyStore::SetValue} $1 '($2,$3)'
      ${IPropertyStore::Commit} $1 ""
      System::Free $2
      System::Free $3
      System::Free $4
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
  ; An entry without the ID is better than none.
  IfFileExists "${SHORTCUT}" +2
    CreateShortcut "${SHORTCUT}" "$INSTDIR\altv-tray.exe"
FunctionEnd

Section "altv-tray"
  SectionIn RO
  Call QuitRunning
  SetOutPath "$INSTDIR"
  File "${STAGE}/altv-tray.exe"
  File "${STAGE}/altv-tray.com"
  File "${STAGE}/LICENSE.txt"
  File "${STAGE}/THIRD-PARTY-NOTICES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call MakeShortcut

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "altv-tray"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\altv-tray.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The altv-tray authors"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "${HOME}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "$(ADD_TO_PATH)" ADDTOPATH
SectionEnd

Section /o "$(START_AT_LOGIN)" LOGIN
SectionEnd

Section "-"
  ReadRegStr $0 HKCU "${RUN}" "altv-tray"
  ${If} ${SectionIsSelected} ${LOGIN}
    ; One that is there stays as it is: it may be switched off in Task Manager.
    ${If} $0 != '"$INSTDIR\altv-tray.exe"'
      WriteRegStr HKCU "${RUN}" "altv-tray" '"$INSTDIR\altv-tray.exe"'
      DeleteRegValue HKCU "${APPROVED}" "altv-tray"
    ${EndIf}
  ${ElseIf} $0 == '"$INSTDIR\altv-tray.exe"'
    DeleteRegValue HKCU "${RUN}" "altv-tray"
    DeleteRegValue HKCU "${APPROVED}" "altv-tray"
  ${EndIf}
  ReadRegDWORD $1 HKCU "${UNINSTALL}" "InPath"
  ${If} ${SectionIsSelected} ${ADDTOPATH}
    !insertmacro ChangePath ""
    WriteRegDWORD HKCU "${UNINSTALL}" "InPath" 1
  ${Else}
    ${If} $1 == 1
      !insertmacro ChangePath "--remove"
    ${EndIf}
    WriteRegDWORD HKCU "${UNINSTALL}" "InPath" 0
  ${EndIf}
  ; Where somebody is looking, the last page offers to start it.
  ${If} ${Silent}
  ${AndIf} $WasRunning == 1
    Exec '"$INSTDIR\altv-tray.exe"'
  ${EndIf}
SectionEnd

Function .onInit
  ReadRegStr $0 HKCU "${RUN}" "altv-tray"
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/LOGIN" $2
  ${IfNot} ${Errors}
  ${OrIf} $0 == '"$INSTDIR\altv-tray.exe"'
    !insertmacro SelectSection ${LOGIN}
  ${EndIf}
  ClearErrors
  ReadRegDWORD $0 HKCU "${UNINSTALL}" "InPath" ; what the user chose before
  ${IfNot} ${Errors}
  ${AndIf} $0 == 0
    !insertmacro UnselectSection ${ADDTOPATH}
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/NOPATH" $2
  ${IfNot} ${Errors}
    !insertmacro UnselectSection ${ADDTOPATH}
  ${EndIf}
FunctionEnd

Section /o "un.$(REMOVE_SETTINGS)" UNSETTINGS
SectionEnd

Section /o "un.$(REMOVE_PASSWORDS)" UNPASSWORDS
SectionEnd

Section "un.altv-tray"
  SectionIn RO
  Call un.QuitRunning
  StrCpy $0 "clean"
  ${If} ${SectionIsSelected} ${UNSETTINGS}
    StrCpy $0 "$0 --with-settings"
  ${EndIf}
  ${If} ${SectionIsSelected} ${UNPASSWORDS}
    StrCpy $0 "$0 --with-passwords"
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\altv-tray.com" $0'
  Pop $1
  ${If} $1 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_ALL_REMOVED)" /SD IDOK
    SetErrorLevel 1
  ${EndIf}
  !insertmacro ChangePath "--remove"
  Delete "$INSTDIR\altv-tray.exe"
  Delete "$INSTDIR\altv-tray.com"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP" ; a folder that is somebody's cannot be removed
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs" ; only where nothing else is in it
  Delete "${SHORTCUT}"
  DeleteRegKey HKCU "Software\Classes\${APP_ID}" ; the scheme, where clean could not
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd

Function un.onInit
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/SETTINGS" $2
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${UNSETTINGS}
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/PASSWORDS" $2
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${UNPASSWORDS}
  ${EndIf}
FunctionEnd
