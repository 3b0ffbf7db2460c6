# fish completion for altv-tray, which knows itself what can follow
complete -c altv-tray -n 'not __fish_prev_arg_in --settings --folder' -f -a '(altv-tray complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
