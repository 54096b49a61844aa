return await Baton.Server.Commands.RunAsync(args);
