from openzone.cli.main import main

main()
