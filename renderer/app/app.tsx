import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { queryClient } from './query-client.ts';
import { colorSchemeManager, theme } from './theme.ts';

/** The whole window. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          {/* oxlint-disable-next-line react/hooks -- wouter takes the hook itself */}
          <Router hook={useHashLocation}>
            <Frame />
          </Router>
        </ErrorBoundary>
        <Notifications position="bottom-right" limit={4} transitionDuration={120} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
